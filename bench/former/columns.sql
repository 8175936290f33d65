-- Handoffs whose state stands in columns.
insert into handoff (id, lead_id, trigger, policy_version, version, status, outcome, reason, rep, team, targets, clock_run,
                     qualified_at, delivered_at, reached_at, respond_by, acknowledged_at, accepted_at, first_touch_at,
                     closed_at, written_seq, writing_seq, contact_seq)
select id, lead, 'demo_request', 'former', 5, 'closed', 'disqualified', 'not_a_fit', rep, 'Sales',
       '{"acknowledge": {"minutes": 15, "countedIn": "workingTime"}, "touch": {"minutes": 60, "countedIn": "workingTime"},
         "attempts": null}',
       4, at, at, at, at + interval '15 min', answered, answered, touched, closed, 5, 5, 5
  from former;
