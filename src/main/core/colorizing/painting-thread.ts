/** Entry of a thread that paints pictures while the network sees the next ones: plain arithmetic, neither TensorFlow nor sharp. */
import type { CoarseColour } from '../../../shared/colour/guided.js';
import type { Pixels } from '../photos/decode.js';
import { answerQuestions } from '../thread-answers.js';
import { paintPicture } from './painted-picture.js';
import type { SeenPicture } from './seen-picture.js';

/** What `paintPicture` is given. */
export interface PaintingTask {
  pixels: Pixels;
  seen: Pick<SeenPicture, 'width' | 'height'>;
  coarse: CoarseColour;
  stride: number;
}

answerQuestions<PaintingTask, Pixels>(
  ({ pixels, seen, coarse, stride }) => paintPicture(pixels, seen, coarse, stride),
  ({ data }) => [data.buffer as ArrayBuffer],
);
