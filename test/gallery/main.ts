import { startGallery } from '../../sandbox/gallery/server.ts';
import { takeDashboardPictures } from './dashboard-pictures.ts';
import { table } from './measure.ts';
import { takePictures } from './pictures.ts';

// npm run gallery               the page of all cards, by itself
// npm run gallery -- measure    how much there is to read on each card, as a table
// npm run gallery -- pictures   those in docs/gallery and docs/dashboard

const [what] = process.argv.slice(2);
switch (what) {
  case undefined: {
    const { url } = await startGallery({ host: '127.0.0.1', port: 4556 });
    console.log(`The cards: ${url}/gallery`);
    break;
  }
  case 'measure':
    console.log(await table());
    break;
  case 'pictures':
    await takePictures(new URL('../../docs/gallery/', import.meta.url));
    await takeDashboardPictures(new URL('../../docs/dashboard/', import.meta.url));
    break;
  default:
    console.error(`"${what}": expected measure, pictures, or nothing`);
    process.exitCode = 2;
}
