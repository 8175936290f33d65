import { chooseTheme, themes, useTheme } from './use-theme.ts';

const labels = { auto: 'Auto', light: 'Light', dark: 'Dark' };

/** Light, dark, or as the system has it. */
export function ThemeSwitch() {
  const { theme } = useTheme();
  return (
    <select
      className="theme-switch"
      aria-label="Colours"
      value={theme}
      onChange={({ target }) => chooseTheme(themes.find((one) => one === target.value) ?? 'auto')}
    >
      {themes.map((one) => (
        <option key={one} value={one}>
          {labels[one]}
        </option>
      ))}
    </select>
  );
}
