import { defineStore } from 'pinia';
import { ref } from 'vue';

/** Narrower windows begin with the inspector folded. */
const ROOM_FOR_INSPECTOR = 1180;

export type FrameDialog = 'about' | 'doctor' | 'shortcuts' | 'charts' | 'report';

/** What of the frame is open. */
export const useFrame = defineStore('frame', () => {
  const inspector = ref(innerWidth >= ROOM_FOR_INSPECTOR);
  const dialog = ref<FrameDialog>();
  let hadRoom = inspector.value;
  addEventListener('resize', () => {
    const hasRoom = innerWidth >= ROOM_FOR_INSPECTOR;
    if (hasRoom !== hadRoom) inspector.value = hasRoom;
    hadRoom = hasRoom;
  });
  return { inspector, dialog, toggleInspector: () => (inspector.value = !inspector.value) };
});
