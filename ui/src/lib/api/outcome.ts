import type { ProblemView } from '../bindings';
import type { Answer, Outcome } from './types';

/** The generated calls answer with one of the two. */
type Result<T> = { status: 'ok'; data: T } | { status: 'error'; error: ProblemView };

/** Told when Rust did not answer at all; the sentence is in codes.ftl. */
const NO_ANSWER: ProblemView = { code: 'RLS-9003', with: {} };

/** What a call came to. A call that Rust never answered is a problem too, not an exception nobody sees. */
export async function outcome(call: Promise<Result<null>>): Promise<Outcome> {
  try {
    const result = await call;
    return result.status === 'error' ? result.error : null;
  } catch {
    return NO_ANSWER;
  }
}

/** The data of a call, or why there is none. */
export async function answer<T>(call: Promise<Result<T>>): Promise<Answer<T>> {
  try {
    const result = await call;
    return result.status === 'error' ? { problem: result.error } : { data: result.data };
  } catch {
    return { problem: NO_ANSWER };
  }
}

/** The answer of a call that Rust never refuses; it may still not answer. */
export async function heard<T>(call: Promise<T>): Promise<Answer<T>> {
  try {
    return { data: await call };
  } catch {
    return { problem: NO_ANSWER };
  }
}

/** The data of a call, or nothing when it failed. */
export async function data<T>(call: Promise<Result<T>>): Promise<T | null> {
  try {
    const result = await call;
    return result.status === 'ok' ? result.data : null;
  } catch {
    return null;
  }
}
