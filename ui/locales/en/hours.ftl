# Do not disturb: working hours and consultations.

hours-group = Do not disturb
hours-name = Consultation hours
hours-effect = { $list }. The PIN is asked before, between or after.
hours-effect-none = None. The PIN may be asked at any working hour.
hours-effect-off = No working day: Relais never asks for the PIN by itself.
hours-of-days = { $days } { $stretches }
hours-and = { $one }; { $other }
hours-day-list = { $first } to { $last }
hours-stretch = { $from } to { $to }
hours-change = Change

hours-title = Consultation hours
hours-lede = During a consultation Relais asks nothing. Write times as 8.30 or 08:30.
hours-works = Working day
hours-open = Working hours
hours-block = Consultation { $n }
hours-from = from
hours-to = to
hours-label-from = { $what }, { $day }, start
hours-label-to = { $what }, { $day }, end
hours-add = Add a consultation
hours-add-to = Add a consultation, { $day }
hours-remove = Remove this consultation, { $day }, { $from } to { $to }
hours-off = No work on this day.
hours-copy = Copy Monday to the other days
hours-copied = The other days are now like Monday.
hours-wrong-time = Give a time, such as 8.30.
hours-wrong-order = The start must come before the end.
hours-wrong-outside = Outside the working hours, { $from } to { $to }.
hours-joined = { $one } and { $other } overlap: Relais makes one consultation of them, { $both }.
hours-save = Keep these hours
hours-save-later = { $n ->
    [one] One time is to be corrected.
   *[other] { $n } times are to be corrected.
  }
hours-cancel = Cancel
hours-close = Close
