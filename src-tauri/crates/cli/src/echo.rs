//! The terminal as it was: a secret is typed without echo, and an interrupted command must leave the echo on.

/// How the terminal was set, if there is one.
pub struct Echo {
    #[cfg(unix)]
    before: Option<rustix::termios::Termios>,
}

impl Echo {
    /// Looks at the terminal.
    pub fn now() -> Self {
        Self {
            #[cfg(unix)]
            before: rustix::termios::tcgetattr(std::io::stdin()).ok(),
        }
    }

    /// Sets it as it was.
    pub fn restore(&self) {
        #[cfg(unix)]
        if let Some(before) = &self.before {
            // A terminal that has gone echoes nothing anyway.
            let _ =
                rustix::termios::tcsetattr(std::io::stdin(), rustix::termios::OptionalActions::Now, before);
        }
    }
}
