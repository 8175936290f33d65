import { HostConfig } from 'adaptivecards';

const textColours = {
  default: { default: '#242424', subtle: '#616161' },
  dark: { default: '#242424', subtle: '#616161' },
  light: { default: '#ffffff', subtle: '#e0e0e0' },
  accent: { default: '#4f52b2', subtle: '#5b5fc7' },
  good: { default: '#0e700e', subtle: '#237b4b' },
  warning: { default: '#8a5a00', subtle: '#8f6a1b' },
  attention: { default: '#b10e1c', subtle: '#c4314b' },
};

const box = (backgroundColor: string) => ({ backgroundColor, foregroundColors: textColours });

/** How Teams draws cards in its light theme; smaller, as two conversations side by side have less room. */
export const hostConfig = new HostConfig({
  fontFamily: 'inherit',
  fontSizes: { small: 11.5, default: 12.5, medium: 13.5, large: 15.5, extraLarge: 19 },
  fontWeights: { lighter: 350, default: 400, bolder: 650 },
  lineHeights: { small: 16, default: 17, medium: 18, large: 20, extraLarge: 25 },
  spacing: { small: 3, default: 7, medium: 11, large: 16, extraLarge: 22, padding: 11 },
  separator: { lineThickness: 1, lineColor: '#e0e0e0' },
  imageSizes: { small: 32, medium: 52, large: 100 },
  containerStyles: {
    default: box('#ffffff'),
    emphasis: box('#f5f5f5'),
    accent: box('#e8ebfa'),
    good: box('#e7f2da'),
    warning: box('#fbf2d9'),
    attention: box('#fcf0f0'),
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
