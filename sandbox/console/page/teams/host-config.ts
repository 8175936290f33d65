import { HostConfig } from 'adaptivecards';

const textColours = {
  default: { default: 'light-dark(#242424, #dbdbdb)', subtle: 'light-dark(#616161, #bdbdbd)' },
  dark: { default: 'light-dark(#242424, #dbdbdb)', subtle: 'light-dark(#616161, #bdbdbd)' },
  light: { default: '#ffffff', subtle: '#e0e0e0' },
  accent: { default: 'light-dark(#4f52b2, #9596d0)', subtle: 'light-dark(#5b5fc7, #8d90d8)' },
  good: { default: 'light-dark(#0e700e, #a9f3a9)', subtle: 'light-dark(#237b4b, #a6e6c3)' },
  warning: { default: 'light-dark(#8a5a00, #f2d7a3)', subtle: 'light-dark(#8f6a1b, #ecd299)' },
  attention: { default: 'light-dark(#b10e1c, #ef8c95)', subtle: 'light-dark(#c4314b, #e08595)' },
};

const box = (backgroundColor: string) => ({ backgroundColor, foregroundColors: textColours });

/** How Teams draws cards in its light and dark themes; smaller, as two conversations side by side have less room. */
export const hostConfig = new HostConfig({
  fontFamily: 'inherit',
  fontSizes: { small: 11.5, default: 12.5, medium: 13.5, large: 15.5, extraLarge: 19 },
  fontWeights: { lighter: 350, default: 400, bolder: 650 },
  lineHeights: { small: 16, default: 17, medium: 18, large: 20, extraLarge: 25 },
  spacing: { small: 3, default: 7, medium: 11, large: 16, extraLarge: 22, padding: 11 },
  separator: { lineThickness: 1, lineColor: 'light-dark(#e0e0e0, #3a3f45)' },
  imageSizes: { small: 32, medium: 52, large: 100 },
  containerStyles: {
    default: box('light-dark(#ffffff, #1a1d20)'),
    emphasis: box('light-dark(#f5f5f5, #1f2326)'),
    accent: box('light-dark(#e8ebfa, #1a1e30)'),
    good: box('light-dark(#e7f2da, #2c381e)'),
    warning: box('light-dark(#fbf2d9, #352f1d)'),
    attention: box('light-dark(#fcf0f0, #2d1818)'),
  },
  textStyles: { heading: { size: 'large', weight: 'bolder' } },
  inputs: {
    allowDynamicallyFilteredChoiceSet: true,
    debounceTimeInMilliSeconds: 150,
    label: {
      inputSpacing: 'small',
      requiredInputs: { weight: 'bolder', suffix: ' *', suffixColor: 'attention' },
      optionalInputs: { weight: 'bolder' },
    },
    errorMessage: { color: 'attention', size: 'small', weight: 'bolder' },
  },
  actions: {
    maxActions: 6,
    spacing: 'default',
    buttonSpacing: 6,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    showCard: { actionMode: 'inline', inlineTopMargin: 8, style: 'emphasis' },
  },
  factSet: { title: { weight: 'bolder', maxWidth: 120 }, value: { wrap: true }, spacing: 10 },
});
