/** How continuity looks to a window. */
import type * as made from '../bindings';

export type {
  ConditionView_Serialize as ConditionView,
  DocumentView,
  EvidenceView_Serialize as EvidenceView,
  FaultView_Serialize as FaultView,
  FunctionView_Serialize as FunctionView,
  GroupView,
  HealthView,
  LevelView_Serialize as LevelView,
  ListView_Serialize as ListView,
  RecentView,
  RouteView_Serialize as RouteView,
  SaidView,
  SentenceView,
  SoftwareView,
} from '../bindings';

type HealthView = made.HealthView;

/** Every function, and where what is said of it comes from. */
export type Continuity = Omit<made.Continuity_Serialize, 'now'> & { now: number };

/** What a witness said last before a change. */
export type SeenView = Omit<made.SeenView, 'at'> & { at: number };

/** A time in which a function was not on its normal road, or nothing was known of it. */
export type DepartureView = Omit<made.DepartureView_Serialize, 'state' | 'from' | 'seen'> & {
  state: Exclude<HealthView, 'operational'>;
  from: number;
  seen: SeenView[];
};

/** A stretch of time. */
export type Stretch = Record<keyof made.OffView, number>;

/** What there was, up to now. */
export type PastView = Omit<made.PastView_Serialize, 'from' | 'now' | 'departures' | 'off'> & {
  from: number;
  now: number;
  departures: DepartureView[];
  /** This PC, or Relais, was off. */
  off: Stretch[];
};

/** The page of a signed record, in the words of a language. */
export type PageView = made.PageView;
