type Values = Record<string, string>;

/** HubSpot counts a new visit after half an hour without a page view. */
const pauseMs = 30 * 60_000;
/** So long after the last page of a visit HubSpot writes it down: 7 to 106 s were seen in a real contact's history. */
const writtenAfterMs = 20_000;

/**
 * What HubSpot's tracking writes of a visit, once and when it is over: the last page, how many there were, and when. The
 * pages before the last have no place in a contact's properties.
 */
export function afterVisit(known: Readonly<Values>, pages: readonly string[], now: Date): Values {
  const count = (name: string, more: number) => String(Number(known[name] ?? 0) + more);
  const at = new Date(now.getTime() - writtenAfterMs).toISOString();
  const lastSeen = known['hs_analytics_last_timestamp'];
  const isNewVisit = lastSeen === undefined || now.getTime() - Date.parse(lastSeen) > pauseMs;
  return {
    ...(known['hs_analytics_first_url'] === undefined && {
      hs_analytics_first_url: pages[0] ?? '',
      hs_analytics_first_timestamp: at,
    }),
    ...(isNewVisit && {
      hs_analytics_last_visit_timestamp: at,
      hs_analytics_num_visits: count('hs_analytics_num_visits', 1),
    }),
    hs_analytics_last_url: pages.at(-1) ?? '',
    hs_analytics_last_timestamp: at,
    hs_analytics_num_page_views: count('hs_analytics_num_page_views', pages.length),
  };
}

/** What HubSpot writes of a form, at once. @param name "<page title>: <form title>" */
export function afterForm(known: Readonly<Values>, name: string, now: Date): Values {
  const at = now.toISOString();
  return {
    ...(known['first_conversion_event_name'] === undefined && {
      first_conversion_event_name: name,
      first_conversion_date: at,
    }),
    recent_conversion_event_name: name,
    recent_conversion_date: at,
    num_conversion_events: String(Number(known['num_conversion_events'] ?? 0) + 1),
  };
}
