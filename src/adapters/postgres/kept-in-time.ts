/**
 * Whether whoever held a lead was late at a moment, in SQL of a row of measured_assignment: what was missed, and what is
 * due and still theirs to do. Null is no.
 * @param now the parameter that holds the moment
 */
export const lateAt = (now: string) => ({
  acknowledge: `(acknowledge_missed is not null
    or (acknowledged_at is null and until is null and delivered_at < acknowledge_due and acknowledge_due < ${now}))`,
  touch: `(touch_missed is not null or (first_touch_at is null and until is null and touch_due < ${now}))`,
});

/**
 * Whether they did all that there was to do, where none of it was late: they answered, and reached out, or had no more to;
 * with a meeting nothing is left to reach out for. Of a lead that was withdrawn nobody knows what they would have done.
 */
export const didAll = `(acknowledged_at is not null and (
  first_touch_at is not null or (until is not null and outcome is distinct from 'withdrawn')
  or (touch_due is null and (accepted_at is not null or acknowledge_due is null))))`;
