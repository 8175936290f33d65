/** Of the table `lead`: nobody has looked at it since $1, it neither waits nor is paused, nor is something to be decided about it. */
export const isUnneeded = `
  read_at < $1
  and not exists (select from hold where lead_id = lead.id)
  and not exists (select from suppression where lead_id = lead.id and lifted_at is null)
  and not exists (select from inbound_event where lead_id = lead.id and decided_at is null)`;

/** Of the table `lead`: besides, sales had it, and its last handoff had ended by $1, as had its sleep when it was recycled. */
export const isOutlived = `
  ${isUnneeded}
  and exists (select from handoff where lead_id = lead.id)
  and not exists (
    select from handoff
     where lead_id = lead.id
       and (closed_at is null or closed_at >= $1
            or (state -> 'sentBack' -> 'revisitAt' ->> '$date')::timestamptz >= $1))`;
