import { type Fields, stringAt } from '../fields.ts';
import { initialValues, type ViewValues } from './input-values.ts';
import { withIds } from './interactive.ts';
import type { Block } from './wire.ts';
import type { Workspace } from './workspace.ts';

/** A modal or Home tab as Slack shows it, and as it sends it to the app. */
export type SlackView = {
  id: string;
  team_id: string;
  app_id: string;
  bot_id: string;
  type: 'modal' | 'home';
  title: unknown;
  submit: unknown;
  close: unknown;
  blocks: Block[];
  private_metadata: string;
  callback_id: string;
  external_id: string;
  state: { values: ViewValues };
  hash: string;
  clear_on_close: boolean;
  notify_on_close: boolean;
  root_view_id: string;
  previous_view_id: string | null;
};

/** A modal may have two more on top of it. */
const maxOpenViews = 3;

type Refusal = 'push_limit_reached' | 'not_found' | 'hash_conflict' | 'duplicate_external_id';
type Shown = { ok: true; view: SlackView } | { ok: false; error: Refusal };

/** The modal stack and the Home tab of every person. */
export type Views = ReturnType<typeof createViews>;

export function createViews(workspace: Workspace) {
  const stacks = new Map<string, SlackView[]>();
  const homes = new Map<string, SlackView>();

  const stackOf = (userId: string): SlackView[] => stacks.get(userId) ?? [];
  const all = (): SlackView[] => [...[...stacks.values()].flat(), ...homes.values()];

  function build(
    source: Fields,
    base: Pick<SlackView, 'id' | 'root_view_id' | 'previous_view_id'>,
  ): SlackView {
    const blocks = withIds(Array.isArray(source['blocks']) ? source['blocks'] : [], () =>
      workspace.nextId('b'),
    );
    return {
      ...base,
      team_id: workspace.teamId,
      app_id: workspace.appId,
      bot_id: workspace.botId,
      type: source['type'] === 'home' ? 'home' : 'modal',
      title: source['title'] ?? null,
      submit: source['submit'] ?? null,
      close: source['close'] ?? null,
      blocks,
      private_metadata: stringAt(source, 'private_metadata') ?? '',
      callback_id: stringAt(source, 'callback_id') ?? '',
      external_id: stringAt(source, 'external_id') ?? '',
      state: { values: initialValues(blocks) },
      hash: `${workspace.nextTs()}.${workspace.nextId('h')}`,
      clear_on_close: source['clear_on_close'] === true,
      notify_on_close: source['notify_on_close'] === true,
    };
  }

  function show(userId: string, source: Fields, below: SlackView[]): Shown {
    if (below.length >= maxOpenViews) return { ok: false, error: 'push_limit_reached' };
    const externalId = stringAt(source, 'external_id');
    if (externalId !== null && externalId !== '' && all().some((view) => view.external_id === externalId)) {
      return { ok: false, error: 'duplicate_external_id' };
    }
    const id = workspace.nextId('V');
    const view = build(source, {
      id,
      root_view_id: below[0]?.id ?? id,
      previous_view_id: below.at(-1)?.id ?? null,
    });
    stacks.set(userId, [...below, view]);
    workspace.changed();
    return { ok: true, view };
  }

  return {
    /** The view that a person has in front of them. */
    top: (userId: string): SlackView | null => stackOf(userId).at(-1) ?? null,
    home: (userId: string): SlackView | null => homes.get(userId) ?? null,

    /** Shows a first modal. Whatever the person had open goes, as they cannot act behind a modal. */
    open: (userId: string, source: Fields): Shown => show(userId, source, []),

    /** @param fromViewId the view whose interaction gave the trigger */
    push(userId: string, fromViewId: string | null, source: Fields): Shown {
      const stack = stackOf(userId);
      if (!stack.some((view) => view.id === fromViewId)) return { ok: false, error: 'not_found' };
      return show(userId, source, stack);
    },

    /** Replaces a view, keeping what the person typed into inputs that have the same ids. */
    update(
      target: { viewId: string | null; externalId: string | null; hash: string | null },
      source: Fields,
    ): Shown {
      const current = all().find((view) =>
        target.viewId === null ? view.external_id === target.externalId : view.id === target.viewId,
      );
      if (current === undefined) return { ok: false, error: 'not_found' };
      if (target.hash !== null && target.hash !== current.hash) return { ok: false, error: 'hash_conflict' };
      const next = build(source, current);
      for (const [blockId, actions] of Object.entries(next.state.values)) {
        Object.assign(actions, intersect(current.state.values[blockId], actions));
      }
      for (const [userId, stack] of stacks) {
        stacks.set(
          userId,
          stack.map((view) => (view === current ? next : view)),
        );
      }
      for (const [userId, home] of homes) {
        if (home === current) homes.set(userId, next);
      }
      workspace.changed();
      return { ok: true, view: next };
    },

    publish(userId: string, source: Fields, hash: string | null): Shown {
      const current = homes.get(userId);
      if (hash !== null && hash !== current?.hash) return { ok: false, error: 'hash_conflict' };
      const id = current?.id ?? workspace.nextId('V');
      const view = build(source, { id, root_view_id: id, previous_view_id: null });
      homes.set(userId, view);
      workspace.changed();
      return { ok: true, view };
    },

    /** Takes one view away from wherever it is in the person's stack. */
    close(userId: string, viewId: string): void {
      stacks.set(
        userId,
        stackOf(userId).filter((view) => view.id !== viewId),
      );
      workspace.changed();
    },

    clear(userId: string): void {
      stacks.delete(userId);
      workspace.changed();
    },
  };
}

/** The values of `before` for the actions that are still there and still of the same type. */
function intersect(before: ViewValues[string] | undefined, after: ViewValues[string]): ViewValues[string] {
  return Object.fromEntries(
    Object.entries(before ?? {}).filter(([actionId, value]) => after[actionId]?.type === value.type),
  );
}
