/** What a lead that sales has did once more. */
export const again = {
  times:
    '.input {$count :number select=ordinal} .match $count one {{{$count}st: {$trigger}, {$at}}} two {{{$count}nd: {$trigger}, {$at}}} few {{{$count}rd: {$trigger}, {$at}}} * {{{$count}th: {$trigger}, {$at}}}',
  also: 'Also: {$trigger}, {$at}',
  told: 'They did it again: {$trigger} ({$found}), {$at}.',
} as const;
