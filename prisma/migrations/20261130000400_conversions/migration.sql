-- HubSpot keeps versions of the last form that a lead sent in, and all of them count: a snapshot has a list of them.
update "lead"
   set "snapshot" = "snapshot" - 'conversion' || jsonb_build_object(
         'conversions',
         case when jsonb_typeof("snapshot" -> 'conversion') = 'object'
              then jsonb_build_array("snapshot" -> 'conversion')
              else '[]'::jsonb
         end)
 where "snapshot" ? 'conversion';
