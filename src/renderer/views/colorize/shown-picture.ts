import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue';
import type { LiveSize, LiveView } from '../../../shared/contract/live-view.js';
import { door } from '../../api/door.js';
import { messageOf } from '../../api/request-error.js';

/** Which picture: a photograph of a set beside the weights of a step, at a temperature and with colour hints. */
export interface PictureOf {
  run: string;
  step: number;
  set: string;
  index: number;
  view: LiveView;
  temperature: number;
  /** Name of the hints; none where absent. */
  hints?: string;
}

/** Longest side of a draft, in pixels: one that is smaller than this is all there is. */
const DRAFT_SIDE = 512;
/** Rest after which the sharp picture is asked for. */
const REST_MS = 140;

export interface ShownPicture {
  of: PictureOf;
  url: string;
  blob: Blob;
}

/**
 * The picture that was asked for last: while a slider moves always one is under way, and the newest wish is the next; at rest
 * the draft gives way to the sharp picture.
 */
export function useShownPicture(wanted: Ref<PictureOf | undefined>) {
  const shown = shallowRef<ShownPicture>();
  const failure = ref<string>();
  const busy = ref(false);
  let next: { of: PictureOf; size: LiveSize } | undefined;
  let rest: ReturnType<typeof setTimeout> | undefined;
  /** Nobody looks any more. */
  let isOver = false;

  watch(wanted, (of, before) => {
    if (of && before && isSamePicture(of, before) && failure.value === undefined) return;
    clearTimeout(rest);
    if (!of || !before || !isSamePhotograph(of, before)) show(undefined);
    failure.value = undefined;
    next = of && { of, size: 'draft' };
    void work();
  }, { immediate: true });

  async function work(): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    for (let now = next; now; now = next) {
      next = undefined;
      await load(now.of, now.size);
    }
    busy.value = false;
  }

  async function load(of: PictureOf, size: LiveSize): Promise<void> {
    try {
      const blob = await fetched(door.pictureUrl(nameOf(of, size)));
      const url = URL.createObjectURL(blob);
      const image = new Image();
      image.src = url;
      await image.decode().catch((error: unknown) => {
        URL.revokeObjectURL(url);
        throw error;
      });
      if (isOver || !wanted.value || !isSamePhotograph(of, wanted.value)) return URL.revokeObjectURL(url);
      show({ of, url, blob });
      if (size === 'draft' && Math.max(image.naturalWidth, image.naturalHeight) >= DRAFT_SIDE) sharpenAtRest(of);
    } catch (error) {
      if (wanted.value && isSamePicture(of, wanted.value)) failure.value = messageOf(error);
    }
  }

  function sharpenAtRest(of: PictureOf): void {
    clearTimeout(rest);
    rest = setTimeout(() => {
      if (!wanted.value || !isSamePicture(of, wanted.value)) return;
      next = { of, size: 'preview' };
      void work();
    }, REST_MS);
  }

  function show(picture: ShownPicture | undefined): void {
    const before = shown.value;
    shown.value = picture;
    // The page may still be painting it.
    if (before) setTimeout(() => URL.revokeObjectURL(before.url), 1000);
  }

  onScopeDispose(() => {
    clearTimeout(rest);
    [next, isOver] = [undefined, true];
    show(undefined);
  });
  return { shown, failure, busy };
}

/** Same photograph and view, whatever weights, temperature and hints: the old picture stands until the new one is there. */
function isSamePhotograph(one: PictureOf, other: PictureOf): boolean {
  return one.set === other.set && one.index === other.index && one.view === other.view;
}

function isSamePicture(one: PictureOf, other: PictureOf): boolean {
  return nameOf(one, 'preview') === nameOf(other, 'preview');
}

function nameOf({ run, step, set, index, view, temperature, hints }: PictureOf, size: LiveSize): string {
  const picture = `colorized/${run}/${step}/${set}/${index}/${view}/${size}`;
  // What neither temperature nor hints change has one name.
  return view === 'gray' || view === 'truth' ? `${picture}/1` : `${picture}/${temperature}${hintsPart(hints)}`;
}

/** The end of a picture's name that tells its hints. */
export function hintsPart(hints: string | undefined): string {
  return hints === undefined ? '' : `/${hints}`;
}

/** @throws Error in the host's words. */
export async function fetched(url: string): Promise<Blob> {
  const response = await fetch(url);
  if (!response.ok) throw new Error((await response.text()).trim() || `The picture could not be fetched (${response.status}).`);
  return response.blob();
}
