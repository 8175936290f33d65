import { registerHooks } from 'node:module';

// Given to a process with --import: at its end it prints the packages from which it has loaded anything, on one line.

const packages = new Set<string>();

registerHooks({
  load: (url, context, nextLoad) => {
    const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];
    if (name) packages.add(name);
    return nextLoad(url, context);
  },
});

process.on('exit', () => console.log(JSON.stringify({ packages: [...packages].sort() })));
