/** Where a run is weak: by subject, which a folder of photographs has its subfolders for, and by colour. */
import { COLOUR_FAMILIES, colourFamily } from '../../../shared/colour/families.js';
import { type ColourAccuracy, vividness } from '../../../shared/colour/metrics.js';
import type { ColourFigures, PhotoFigures, SubjectFigures } from '../../../shared/run/evaluation.js';

/** Families of which fewer pixels than this share were seen are left out: chance would name them the weakest. */
const LEAST_SHARE = 0.0005;

/** Means over the photographs of each first-level subfolder, the weakest by rebalanced AuC first. */
export function subjectsOf(photographs: readonly PhotoFigures[]): SubjectFigures[] {
  const bySubject = new Map<string, PhotoFigures[]>();
  for (const photo of photographs) {
    const name = subjectOf(photo.path);
    bySubject.set(name, [...(bySubject.get(name) ?? []), photo]);
  }
  return [...bySubject].map(([name, photos]) => subjectFigures(name, photos)).sort((x, y) => x.aucRebalanced - y.aucRebalanced || (x.name < y.name ? -1 : 1));
}

/** First-level subfolder of a photograph; empty for one in the folder itself. @param path relative to the folder, parts joined by `/` */
export function subjectOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : '';
}

function subjectFigures(name: string, photos: readonly PhotoFigures[]): SubjectFigures {
  const mean = (figure: (photo: PhotoFigures) => number) => photos.reduce((sum, photo) => sum + figure(photo), 0) / photos.length;
  return {
    name, photos: photos.length,
    auc: mean(({ auc }) => auc), aucRebalanced: mean(({ aucRebalanced }) => aucRebalanced), grayAuc: mean(({ grayAuc }) => grayAuc), psnr: mean(({ psnr }) => psnr),
    vividness: vividness(mean(({ chroma }) => chroma), mean(({ trueChroma }) => trueChroma)),
  };
}

/** Every family of true colours that occurs, the weakest by AuC first. @param network,gray of the same pixels */
export function coloursOf(network: ColourAccuracy, gray: ColourAccuracy): ColourFigures[] {
  return COLOUR_FAMILIES.map((name) => {
    const isOfIt = (a: number, b: number) => colourFamily(a, b) === name;
    const { pixels, auc } = network.ofTiles(isOfIt);
    return { name, share: pixels / network.pixels, auc, grayAuc: gray.ofTiles(isOfIt).auc };
  }).filter(({ share }) => share >= LEAST_SHARE).sort((x, y) => x.auc - y.auc);
}
