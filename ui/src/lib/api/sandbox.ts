/** How the sandbox looks to the window, and what a person may do there. */
import { commands, type SandboxView_Serialize } from '../bindings';
import type * as made from '../bindings';
import { answer } from './outcome';
import type { Answer } from './types';

export type Clock = made.SandboxClock;
export type Deed = made.SandboxDeed;
export type Form = made.SandboxForm;
export type How = made.SandboxHow;
export type ListState = made.SandboxList;
export type SandboxFunction = made.SandboxFunction;
export type SandboxService = made.SandboxService_Serialize;
export type Scenario = made.SandboxScenario;
export type Zone = made.SandboxZone;

export type Playing = Omit<made.SandboxPlaying, 'nextAt'> & { nextAt: number };
/** Everything that the hand can change there, as it is now. */
export type SandboxView = Omit<SandboxView_Serialize, 'wall' | 'trusted' | 'playing'> & {
  wall: number;
  trusted: number;
  playing: Playing | null;
};

/** The hand in the sandbox. In any other environment both are refused. */
export interface SandboxApi {
  /** Asks how it is now. */
  look(): Promise<Answer<SandboxView>>;
  /** Does something, and tells how it is then. */
  act(deed: Deed): Promise<Answer<SandboxView>>;
}

// Instants are always there; see Timed in types.ts.
const timed = (view: Answer<SandboxView_Serialize>): Answer<SandboxView> => view as Answer<SandboxView>;

export const sandboxApi: SandboxApi = {
  look: async () => timed(await answer(commands.sandbox())),
  act: async (deed) => timed(await answer(commands.sandboxDo(deed))),
};
