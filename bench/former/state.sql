-- Handoffs whose state stands in one column.
insert into handoff (id, lead_id, version, state, rep, open_to, qualified_at, closed_at, followed, accepted_at, written_seq,
                     contact_seq, crm_task_id)
select id, lead, 5,
       jsonb_build_object(
         'trigger', 'demo_request', 'policyVersion', 'former',
         'targets', '{"acknowledge": {"minutes": 15, "countedIn": "workingTime"},
                      "touch": {"minutes": 60, "countedIn": "workingTime"}, "attempts": null}'::jsonb,
         'qualifiedAt', jsonb_build_object('$date', at),
         'assignment', jsonb_build_object(
           'rep', rep, 'team', 'Sales', 'at', jsonb_build_object('$date', at), 'reasons', reasons),
         'openTo', '[]'::jsonb, 'deliveredAt', jsonb_build_object('$date', at),
         'reachedAt', jsonb_build_object('$date', at), 'acknowledgedAt', jsonb_build_object('$date', answered),
         'attempts', jsonb_build_array(jsonb_build_object('$date', touched)),
         'firstTouchAt', jsonb_build_object('$date', touched), 'meetingAt', null, 'opportunityAt', null, 'wonAt', null,
         'ackBreachedAt', null, 'touchBreachedAt', null)
       || jsonb_build_object(
         'escalatedTo', null, 'unreachable', null, 'snoozes', 0, 'snoozedUntil', null, 'asked', null, 'pingedAt', null,
         'granted', null, 'clockRun', 4, 'status', 'closed',
         'respondBy', jsonb_build_object('$date', at + interval '15 min'),
         'closedAt', jsonb_build_object('$date', closed), 'outcome', 'disqualified', 'reason', 'not_a_fit'),
       rep, '{}', at, closed, false, answered, 5, 5, null
  from former;
