import type { MainApi, Snapshot } from '$lib/api/types';

import { SCENES } from './scenes';

/** A Rust side that shows one scene and lets the settings be tried; for `npm run dev` with `?scene=`. */
export function previewApi(query: URLSearchParams): MainApi {
  const scene = SCENES[query.get('scene') ?? ''] ?? SCENES['good'];
  if (!scene) {
    throw new Error('the first scene is gone');
  }
  const { settings } = scene;
  const appearance = query.get('theme') ?? settings.appearance;
  let shown: Snapshot = { ...scene, settings: { ...settings, appearance, language: query.get('lang') ?? 'fr' } };
  let tell: (snapshot: Snapshot) => void = () => undefined;
  const change = (part: Partial<Snapshot>): Promise<null> => {
    shown = { ...shown, ...part };
    tell(shown);
    return Promise.resolve(null);
  };
  const set = (part: Partial<Snapshot['settings']>) => change({ settings: { ...shown.settings, ...part } });
  return {
    snapshot: () => Promise.resolve(shown),
    onSnapshot: (changed) => {
      tell = changed;
      return Promise.resolve(() => undefined);
    },
    signIn: () => change({ signIn: { kind: 'probing' } }),
    signInCancel: () => change({ signIn: { kind: 'idle' } }),
    signOut: () => change({ session: { kind: 'none' } }),
    setLanguage: (language) => set({ language }),
    setAppearance: (chosen) => set({ appearance: chosen }),
    setReader: (reader) => set({ reader }),
    useKeypad: (reader) => set({ typedReaders: shown.settings.typedReaders.filter((typed) => typed !== reader) }),
    setKeyStore: (keyStore) => set({ keyStore }),
    setAutostart: (autostart) => set({ autostart }),
    environmentChosen: () => Promise.resolve(true),
    forgetEnvironment: () => change({ environment: null }),
    chooseEnvironment: (name) => change({ environment: { name, class: name, sandboxNote: null } }),
  };
}
