import { Logo } from './logo.tsx';
import { initials } from './words.ts';

const colours = ['#9b4f2e', '#2f6f4f', '#365f9c', '#7a4a8c', '#8a6414', '#2b6d78', '#a03d5c', '#55606e'];

/** A face for somebody without a picture; the same colour each time. */
export function Avatar({ name, size, shape }: { name: string; size: number; shape: 'round' | 'square' }) {
  const sum = [...name].reduce((all, letter) => all + (letter.codePointAt(0) ?? 0), 0);
  return (
    <span
      className={`avatar avatar-${shape}`}
      style={{ width: size, height: size, fontSize: size * 0.38, background: colours[sum % colours.length] }}
      aria-hidden="true"
    >
      {initials(name)}
    </span>
  );
}

/** What speaks in the bot's name. */
export function BotFace({ size }: { size: number }) {
  return (
    <span className="bot-face" aria-hidden="true">
      <Logo size={size} />
    </span>
  );
}
