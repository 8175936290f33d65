-- A briefing tells what the lead wrote, agreed to and lost: leads that are there know nothing of it until they are read
-- again.
UPDATE "lead"
   SET "snapshot" = '{"accountDeals": [], "formAnswers": [], "labels": {}, "emailBounced": null, "timeZone": null,
                      "consent": {"optedOut": null, "marketable": null, "lawfulBasis": null}}' || "snapshot"
       || jsonb_build_object(
            'activities', (SELECT coalesce(jsonb_agg('{"text": null}' || one ORDER BY place), '[]')
                             FROM jsonb_array_elements("snapshot" -> 'activities') WITH ORDINALITY AS list (one, place)),
            'deals', (SELECT coalesce(jsonb_agg('{"name": null, "stage": null, "lostAt": null}' || one ORDER BY place), '[]')
                        FROM jsonb_array_elements("snapshot" -> 'deals') WITH ORDINALITY AS list (one, place)))
 WHERE "snapshot" ? 'activities';
