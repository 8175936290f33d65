/**
 * Whether whoever held a lead was late at a moment, in SQL of a row of measured_assignment: what was missed, and what is
 * due and still theirs to do. Null is no.
 * @param now the parameter that holds the moment
 */
export const lateAt = (now: string) => ({
  acknowledge: `(acknowledge_missed is not null
    or (acknowledged_at is null and until is null and delivered_at is not null and acknowledge_due < ${now}))`,
  touch: `(touch_missed is not null or (first_touch_at is null and until is null and touch_due < ${now}))`,
});

/** Whether they did all that there was to do, where none of it was late. */
export const didAll = '(acknowledged_at is not null and (first_touch_at is not null or until is not null))';
