import { z } from 'zod';
import type { Api } from './api-versions.ts';
import { allObjectTypes, objectTypeFacts } from './object-types.ts';
import { invalid, notFound } from './rejection.ts';
import { behindScope, type GrantedScopes } from './scopes.ts';
import { filterBranch } from './segment-filters.ts';
import { type MembershipOutcome, type Segment, type Segments, typeIdOf } from './segments.ts';
import {
  type ApiRequest,
  booleanQuery,
  limitQuery,
  pageOf,
  param,
  type Route,
  readBody,
  route,
  typeParam,
} from './wire.ts';

const processingType = z.enum(['MANUAL', 'DYNAMIC', 'SNAPSHOT']);

const createInput = z.strictObject({
  name: z.string().min(1),
  objectTypeId: z.string(),
  processingType,
  filterBranch: filterBranch.optional(),
});

const searchInput = z.strictObject({
  query: z.string().optional(),
  listIds: z.array(z.string()).optional(),
  processingTypes: z.array(processingType).optional(),
  additionalProperties: z.array(z.string()).optional(),
  offset: z.int().min(0).default(0),
  count: z.int().min(1).max(500).default(20),
});

/** Ids of records are numbers that are sent as strings. */
const recordIds = z.array(z.string().regex(/^\d+$/));
const changeInput = z.strictObject({ recordIdsToAdd: recordIds, recordIdsToRemove: recordIds });

/** `/crm/lists/{version}` and what is below it. */
export function segmentRoutes(segments: Segments, { paths }: Api, granted: GrantedScopes): Route[] {
  const named = (request: ApiRequest): Segment => segments.find(param(request, 'id'));
  const lists = paths.lists;
  const shown = (segment: Segment, request: ApiRequest) =>
    presentSegment(segments, segment, { withFilters: booleanQuery(request, 'includeFilters') });

  const reading = behindScope(
    granted,
    ['crm.lists.read'],
    [
      route('POST', `${lists}/search`, (request) => {
        const { query = '', listIds, processingTypes, offset, count } = readBody(searchInput, request);
        const found = segments
          .all()
          .filter(
            (one) =>
              one.name.toLowerCase().includes(query.toLowerCase()) &&
              (listIds?.includes(one.id) ?? true) &&
              (processingTypes?.includes(one.processingType) ?? true),
          );
        const page = found.slice(offset, offset + count).map((one) => presentFound(segments, one));
        const next = offset + page.length;
        const body = { total: found.length, offset: next, hasMore: next < found.length, lists: page };
        return { status: 200, body };
      }),
      route('GET', `${lists}/object-type-id/:type/name/:name`, (request) => {
        const segment = segments.named(typeParam(request), param(request, 'name'));
        if (segment === undefined) throw notFound(`List does not exist with name ${param(request, 'name')}.`);
        return { status: 200, body: { list: shown(segment, request) } };
      }),
      route('GET', `${lists}/:id`, (request) => ({
        status: 200,
        body: { list: shown(named(request), request) },
      })),
      route('GET', `${lists}/:id/memberships`, (request) => {
        const members = segments.members(named(request));
        const { page, paging } = pageOf(members, limitQuery(request, 100, 250), request.query.get('after'));
        const results = page.map(({ id, at }) => ({ recordId: id, membershipTimestamp: at.toISOString() }));
        return { status: 200, body: { results, total: members.length, ...paging } };
      }),
    ],
  );
  const writing = behindScope(
    granted,
    ['crm.lists.write', 'cms.membership.access_groups.write'],
    [
      route('POST', lists, (request) => {
        const { objectTypeId, filterBranch: filters, ...input } = readBody(createInput, request);
        const type = allObjectTypes.find((one) => objectTypeFacts[one].id === objectTypeId);
        if (type === undefined) {
          throw invalid(
            `The objectTypeId ${objectTypeId} provided for the list is not valid for this portal.`,
          );
        }
        const segment = segments.create({ ...input, type, ...(filters && { filters }) });
        return { status: 200, body: { list: presentSegment(segments, segment, { withFilters: true }) } };
      }),
      route('DELETE', `${lists}/:id`, (request) => {
        segments.remove(named(request).id);
        return { status: 204 };
      }),
      route('PUT', `${lists}/:id/memberships/add`, (request) =>
        changed(segments.write(named(request), { add: readBody(recordIds, request) })),
      ),
      route('PUT', `${lists}/:id/memberships/remove`, (request) =>
        changed(segments.write(named(request), { remove: readBody(recordIds, request) })),
      ),
      route('PUT', `${lists}/:id/memberships/add-and-remove`, (request) => {
        const { recordIdsToAdd: add, recordIdsToRemove: remove } = readBody(changeInput, request);
        return changed(segments.write(named(request), { add, remove }));
      }),
    ],
  );
  return [...reading, ...writing];
}

function presentSegment(segments: Segments, segment: Segment, { withFilters }: { withFilters: boolean }) {
  return {
    ...basicsOf(segment),
    size: segments.members(segment).length,
    ...(withFilters && segment.filters !== null && { filterBranch: segment.filters }),
  };
}

/** A search tells the size among the properties that it shows, and no filters. */
function presentFound(segments: Segments, segment: Segment) {
  const size = String(segments.members(segment).length);
  return { ...basicsOf(segment), additionalProperties: { hs_list_size: size } };
}

function basicsOf(segment: Segment) {
  const { id: listId, name, processingType: processing, isProcessed, createdAt, updatedAt } = segment;
  return {
    listId,
    listVersion: 1,
    name,
    objectTypeId: typeIdOf(segment),
    processingType: processing,
    processingStatus: isProcessed ? 'COMPLETE' : 'PROCESSING',
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

/** What there is nothing to tell of is left out, though the client's types promise all three. */
function changed({ added, removed, missing }: MembershipOutcome) {
  return {
    status: 200,
    body: {
      // The spelling is HubSpot's.
      ...(added.length > 0 && { recordsIdsAdded: added }),
      ...(removed.length > 0 && { recordIdsRemoved: removed }),
      ...(missing.length > 0 && { recordIdsMissing: missing }),
    },
  };
}
