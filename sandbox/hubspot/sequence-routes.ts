import { z } from 'zod';
import type { Api } from './api-versions.ts';
import type { Portal } from './portal.ts';
import { invalid, notFound, Rejection } from './rejection.ts';
import { behindScope, type GrantedScopes } from './scopes.ts';
import type { Enrollment, Sequence, Sequences } from './sequences.ts';
import { type ApiRequest, limitQuery, pageOf, param, type Route, readBody, route } from './wire.ts';

const enrollmentRequest = z.object({
  contactId: z.string(),
  senderEmail: z.string(),
  sequenceId: z.string(),
  senderAliasAddress: z.string().optional(),
});

/** `/automation/sequences/{version}`, with its enrolments. */
export function sequenceRoutes(
  portal: Portal,
  sequences: Sequences,
  { paths }: Api,
  granted: GrantedScopes,
): Route[] {
  const sequencesOf = (request: ApiRequest): Sequence[] => {
    const userId = request.query.get('userId');
    if (!userId) throw invalid('query param userId may not be null');
    const theirs = sequences.of(userId);
    if (theirs === 'forbidden') throw permissionDenied();
    return theirs;
  };
  const theirOwn = (request: ApiRequest, id: string): Sequence => {
    const found = sequencesOf(request).find((one) => one.id === id);
    if (!found) throw notFound('The sequence ID provided is invalid', { sequenceId: [id] });
    return found;
  };
  const reading = [
    route('GET', paths.sequences, (request) => {
      const name = request.query.get('name');
      const found = sequencesOf(request).filter((one) => name === null || one.name === name);
      const { page, paging } = pageOf(found, limitQuery(request, 50, 100), request.query.get('after'));
      return { status: 200, body: { total: found.length, results: page.map(presentSequence), ...paging } };
    }),
    route('GET', `${paths.sequences}/enrollments/contact/:contactId`, (request) => {
      const enrollment = sequences.enrollmentOf(portal.record('contacts', param(request, 'contactId')).id);
      if (!enrollment) throw notFound();
      const { sequence, senderEmail } = enrollment;
      return {
        status: 200,
        body: {
          ...presentEnrollment(enrollment),
          sequenceId: sequence.id,
          sequenceName: sequence.name,
          enrolledBy: sequence.userId,
          enrolledByEmail: senderEmail,
        },
      };
    }),
    route('GET', `${paths.sequences}/:id`, (request) => {
      const sequence = theirOwn(request, param(request, 'id'));
      const createdAt = sequence.createdAt.toISOString();
      const delayMillis = (sequence.afterMinutes ?? 0) * 60_000;
      const times = { createdAt, updatedAt: createdAt };
      const step = { id: `${sequence.id}1`, stepOrder: 0, actionType: 'EMAIL', delayMillis, ...times };
      return { status: 200, body: { ...presentSequence(sequence), steps: [step], dependencies: [] } };
    }),
  ];
  const writing = [
    route('POST', `${paths.sequences}/enrollments`, (request) => {
      const asked = readBody(enrollmentRequest, request);
      const sequence = theirOwn(request, asked.sequenceId);
      const enrollment = sequences.enroll(sequence, portal.record('contacts', asked.contactId), asked);
      return { status: 200, body: presentEnrollment(enrollment) };
    }),
  ];
  return [
    ...behindScope(granted, ['automation.sequences.enrollments.write'], writing),
    ...behindScope(granted, ['automation.sequences.read'], reading),
  ];
}

function presentSequence({ id, name, userId, createdAt }: Sequence) {
  return { id, name, userId, createdAt: createdAt.toISOString(), updatedAt: createdAt.toISOString() };
}

function presentEnrollment({ id, toEmail, at }: Enrollment) {
  return { id, toEmail, enrolledAt: at.toISOString(), updatedAt: at.toISOString() };
}

function permissionDenied(): Rejection {
  return new Rejection(403, 'BANNED', 'Permission Denied: you do not have permission to access this content');
}
