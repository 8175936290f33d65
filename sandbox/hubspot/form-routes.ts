import type { Api } from './api-versions.ts';
import type { Form, Forms, Submission } from './forms.ts';
import { invalid } from './rejection.ts';
import { behindScope, type GrantedScopes } from './scopes.ts';
import { limitQuery, param, type Route, route } from './wire.ts';

/** What was sent in, which has one path in all versions, and how forms are made. */
export function formRoutes(forms: Forms, { paths }: Api, granted: GrantedScopes): Route[] {
  const submissions = route('GET', '/form-integrations/v1/submissions/forms/:id', (request) => {
    const all = forms.submissions(forms.find(param(request, 'id')));
    const limit = limitQuery(request, 20, 50);
    const from = Number(request.query.get('after') ?? 0);
    if (!Number.isInteger(from) || from < 0) throw invalid('Invalid paging cursor');
    const after = String(from + limit);
    const more = all.length > from + limit;
    const link = `?limit=${limit}&after=${after}`;
    return {
      status: 200,
      body: {
        results: all.slice(from, from + limit).map(presentSubmission),
        ...(more && { paging: { next: { after, link } } }),
      },
    };
  });
  const definition = route('GET', `${paths.forms}/:id`, (request) => ({
    status: 200,
    body: presentForm(forms.find(param(request, 'id'))),
  }));
  return [
    ...behindScope(granted, ['forms', 'forms-uploaded-files'], [submissions]),
    ...behindScope(granted, ['forms'], [definition]),
  ];
}

function presentSubmission({ conversionId, at, values, pageUrl }: Submission) {
  return { conversionId, submittedAt: at.getTime(), values, pageUrl };
}

function presentForm({ id, name, fields, createdAt }: Form) {
  const at = createdAt.toISOString();
  return {
    id,
    name,
    formType: 'hubspot',
    createdAt: at,
    updatedAt: at,
    archived: false,
    fieldGroups: fields.map(({ options = [], hidden = false, ...field }) => ({
      groupType: 'default_group',
      richTextType: 'text',
      fields: [
        {
          objectTypeId: '0-1',
          ...field,
          hidden,
          required: field.fieldType === 'email',
          dependentFields: [],
          ...(options.length > 0 && {
            options: options.map((option, displayOrder) => ({ ...option, displayOrder })),
          }),
        },
      ],
    })),
  };
}
