/** Whether a keystore password can be kept on this PC. Rust does not keep one, so nobody is asked. */
export const CAN_REMEMBER = false;
