/** The texts of the numbers in catalogue/policy.toml, by their names there. */
export const FACTS: Record<string, string> = {
  'longest-life': 'policy-longest-life',
  'fallback-cap': 'policy-fallback-cap',
  'fallback-warnings': 'policy-fallback-warnings',
  'episode-kept': 'policy-episode-kept',
  'smallest-gap': 'policy-smallest-gap',
  'last-attempt': 'policy-last-attempt',
  prompts: 'policy-prompts',
  'working-hours': 'policy-working-hours',
  room: 'policy-room',
  'exception-days': 'policy-exception-days',
  'exception-notice': 'policy-exception-notice',
  'exception-in-a-row': 'policy-exception-in-a-row',
  'exception-justify': 'policy-exception-justify',
  skew: 'policy-skew',
  'clock-told': 'policy-clock-told',
  'clock-refused': 'policy-clock-refused',
  'trusted-jump': 'policy-trusted-jump',
  lookout: 'policy-lookout',
  'lookout-spread': 'policy-lookout-spread',
  'list-every': 'policy-list-every',
  'probe-every': 'policy-probe-every',
  'probe-failed': 'policy-probe-failed',
  'lookout-asked': 'policy-lookout-asked',
  'lookout-unheard': 'policy-lookout-unheard',
};

/** What they count. */
export const UNITS: Record<string, string> = {
  hours: 'policy-unit-hours',
  minutes: 'policy-unit-minutes',
  seconds: 'policy-unit-seconds',
  days: 'policy-unit-days',
  uses: 'policy-unit-uses',
  percent: 'policy-unit-percent',
  time: 'policy-unit-time',
};
