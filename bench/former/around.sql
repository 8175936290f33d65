-- What there is of handoffs beside themselves: offered, delivered, accepted after some minutes, touched, and disqualified on
-- the third day. From the table `former` (id, lead, rep, n, at).
alter table former add column answered timestamptz, add column touched timestamptz, add column closed timestamptz,
  add column reasons jsonb;
update former set
  answered = at + (5 + n % 60) * interval '1 min',
  touched = at + (70 + n % 90) * interval '1 min',
  closed = at + interval '3 days',
  reasons = jsonb_build_array(
    '{"kind": "contactOwner", "rule": "contact owner", "taken": false, "why": "none is set", "ownerId": null}'::jsonb,
    jsonb_build_object(
      'kind', 'rotation', 'rule', 'rotation Sales', 'team', 'Sales', 'taken', true, 'person', rep, 'skipped', '[]'::jsonb,
      'weights', jsonb_build_object(rep, 1), 'before', jsonb_build_object(rep, 0), 'after', jsonb_build_object(rep, -0.8)));

insert into lead (id, snapshot, name, email, read_at)
select lead,
       jsonb_build_object(
         'id', lead, 'url', 'https://app.hubspot.com/contacts/77/record/0-1/' || lead, 'name', 'Dana Ortiz',
         'email', 'dana.' || lead || '@northwind.example', 'jobTitle', 'VP Operations', 'lifecycleStage', 'lead',
         'stageEnteredAt', '{}'::jsonb, 'formerIds', '[]'::jsonb, 'deals', '[]'::jsonb, 'pages', '[]'::jsonb,
         'activities', '[]'::jsonb, 'properties', '{}'::jsonb, 'conversions', '[]'::jsonb, 'account', null, 'summary', null,
         'score', '{"value": 31, "history": [], "components": []}'::jsonb,
         'source', '{"original": null, "detail": null, "latest": null, "latestDetail": null}'::jsonb,
         'phone', null, 'city', null, 'state', null, 'country', null, 'postcode', null, 'language', null,
         'seniority', null, 'company', null, 'product', null, 'openDeals', null, 'ownerId', null, 'ownerSince', null,
         'leadStatus', null, 'visits', null),
       'dana ortiz', 'dana.' || lead || '@northwind.example', at
  from former
    on conflict do nothing;

insert into handoff_event (handoff_id, seq, type, at, by, data, command_id)
select id, seq, type, happened, case when seq > 2 then rep end, data, case when seq > 2 then 'former:' || seq end
  from former,
       lateral (values
         (1, 'offered', at, jsonb_build_object(
            'evidence', 'sent in "Website: Request a demo"', 'respondBy', jsonb_build_object('$date', at + interval '15 min'),
            'granted', jsonb_build_object('from', jsonb_build_object('$date', at), 'minutes', 15),
            'assignment', jsonb_build_object(
              'rep', rep, 'team', 'Sales', 'at', jsonb_build_object('$date', at), 'reasons', reasons))),
         (2, 'delivered', at, jsonb_build_object(
            'to', rep, 'respondBy', jsonb_build_object('$date', at + interval '15 min'),
            'granted', jsonb_build_object('from', jsonb_build_object('$date', at), 'minutes', 15))),
         (3, 'accepted', answered, jsonb_build_object(
            'touchBy', jsonb_build_object('$date', answered + interval '1 h'),
            'granted', jsonb_build_object('from', jsonb_build_object('$date', answered), 'minutes', 60))),
         (4, 'touched', touched, jsonb_build_object('touch', jsonb_build_object(
            'id', id, 'kind', 'call', 'outcome', 'connected', 'note', 'They use a spreadsheet, and like it'))),
         (5, 'disqualified', closed, '{"reason": "not_a_fit", "note": "Two vans"}'::jsonb)
       ) as event (seq, type, happened, data);

insert into assignment (handoff_id, seq, rep, team, at, until, reasons)
select id, 1, rep, 'Sales', at, null, reasons from former;

insert into touch (id, handoff_id, rep, kind, outcome, note, at, crm_id)
select id, id, rep, 'call', 'connected', 'They use a spreadsheet, and like it', touched, '9' || n from former;

insert into timer (handoff_id, clock, step, action, run, due_at, cancelled_at)
select id, clock, step, action, run, due, answered
  from former,
       lateral (values
         ('acknowledge', 0, 'breach', 1, at + interval '15 min'),
         ('acknowledge', 1, 'climb', 1, at + interval '10 min'),
         ('touch', 0, 'breach', 2, answered + interval '1 h')
       ) as timer (clock, step, action, run, due);

insert into card (handoff_id, person, platform, conversation_id, message_id, revision, told_seq, telling_seq)
select id, rep, 'slack', 'D0FORMER', n || '.000100', 5, 5, 5 from former;

insert into decision (lead_id, at, policy_version, verdict, reason, handoff_id, considered, reasons)
select lead, at, 'former', 'handoff', 'sent in "Website: Request a demo"', id,
       jsonb_build_array(jsonb_build_object(
         'kind', 'trigger', 'name', 'demo_request', 'met', true, 'but', null, 'found', 'sent in "Website: Request a demo"',
         'since', jsonb_build_object('$date', at))),
       reasons
  from former;

insert into inbound_event (dedupe_key, lead_id, type, payload, occurred_at, received_at, decision, reason, handoff_id,
                           decided_at)
select 'former:' || id, lead, 'object.propertyChange',
       '{"appId": 1, "eventId": 1, "portalId": 77, "changeSource": "FORM", "propertyName": "recent_conversion_date"}',
       at, at, 'handoff', 'sent in "Website: Request a demo"', id, at
  from former;
