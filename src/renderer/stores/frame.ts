import { defineStore } from 'pinia';
import { ref } from 'vue';

/** Narrower windows begin with the inspector folded. */
const ROOM_FOR_INSPECTOR = 1180;

/** What of the frame is open. */
export const useFrame = defineStore('frame', () => {
  const inspector = ref(innerWidth >= ROOM_FOR_INSPECTOR);
  addEventListener('resize', () => (inspector.value = innerWidth >= ROOM_FOR_INSPECTOR));
  return { inspector, toggleInspector: () => (inspector.value = !inspector.value) };
});
