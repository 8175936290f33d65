import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { BlockState, Entered, Entries, FoundOption, ModalState } from '../../protocol.ts';
import type { Perform } from '../use-sandbox.ts';
import { Blocks, type Reader, type SlackUser } from './blocks.tsx';
import { InputBlock, initialEntries } from './modal-input.tsx';
import { PressContext, type Pressed } from './press.ts';

/** A modal over its person's Slack; the other parts of the page stay in use. */
export function Modal({
  modal,
  who,
  reader,
  users,
  perform,
}: {
  modal: ModalState;
  who: string;
  reader: Reader;
  users: readonly SlackUser[];
  perform: Perform;
}) {
  const [entered, setEntered] = useState<Entries>({});
  // The bot may have made the modal anew: what was entered stays where its input does.
  const entries = Object.fromEntries(
    Object.entries(initialEntries(modal.blocks)).map(([blockId, initial]): [string, Entries[string]] => [
      blockId,
      entered[blockId] ?? initial,
    ]),
  );
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [isSending, setSending] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    const before = document.activeElement;
    form.current?.querySelector<HTMLElement>('select, textarea, input, button')?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  // Where there is something to mend, one goes on.
  useEffect(() => {
    if (Object.keys(errors).length > 0)
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors]);

  const close = () => perform({ act: 'closeModal', who });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isSending) return;
    setSending(true);
    const outcome = await perform({ act: 'submit', who, entries });
    setErrors(outcome.errors);
    setSending(false);
  };
  const enter = async ({ block_id: blockId, ...block }: BlockState, actionId: string, value: Entered) => {
    const entry = { [blockId]: { [actionId]: value } };
    setEntered((all) => ({ ...all, ...entry }));
    if (block['dispatch_action'] !== true) return;
    const { errors } = await perform({
      act: 'choose',
      who,
      blockId,
      actionId,
      entries: { ...entries, ...entry },
    });
    setErrors(errors);
  };
  const press = ({ ids }: Pressed) => void perform({ act: 'pressInView', who, view: 'modal', ...ids });
  const suggest = async (blockId: string, text: string) =>
    (await perform({ act: 'suggest', who, blockId, text })).found ?? [];

  return (
    <div className="modal-back">
      <form
        ref={form}
        className="modal"
        role="dialog"
        aria-labelledby={`title-${modal.id}`}
        // Slack's client says what is missing, and so does this page.
        noValidate
        onSubmit={submit}
        onKeyDown={(event) => {
          if (event.key === 'Escape') void close();
        }}
      >
        <header>
          <h3 id={`title-${modal.id}`}>{modal.title}</h3>
          <button type="button" className="modal-x" aria-label="Close" onClick={close}>
            ×
          </button>
        </header>
        <div className="modal-body">
          {modal.blocks.map((block) => (
            <ModalBlock
              key={block.block_id}
              block={block}
              reader={reader}
              users={users}
              onPress={press}
              entries={entries}
              error={errors[block.block_id] ?? null}
              onEnter={enter}
              onSuggest={suggest}
            />
          ))}
        </div>
        <footer>
          <button type="button" onClick={close}>
            {modal.close}
          </button>
          {modal.submit !== null && (
            <button type="submit" className="modal-submit" aria-disabled={isSending}>
              {modal.submit}
            </button>
          )}
        </footer>
      </form>
    </div>
  );
}

function ModalBlock({
  block,
  reader,
  users,
  onPress,
  entries,
  error,
  onEnter,
  onSuggest,
}: {
  block: BlockState;
  reader: Reader;
  users: readonly SlackUser[];
  onPress: (pressed: Pressed) => void;
  entries: Entries;
  error: string | null;
  onEnter: (block: BlockState, actionId: string, value: Entered) => void;
  onSuggest: (blockId: string, text: string) => Promise<readonly FoundOption[]>;
}) {
  if (block.type !== 'input') {
    return (
      <PressContext value={onPress}>
        <Blocks blocks={[block]} reader={reader} users={users} />
      </PressContext>
    );
  }
  const values = entries[block.block_id] ?? {};
  return (
    <InputBlock
      block={block}
      values={values}
      error={error}
      onEnter={(actionId, value) => onEnter(block, actionId, value)}
      onSuggest={(text) => onSuggest(block.block_id, text)}
    />
  );
}
