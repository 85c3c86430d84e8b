import { defineStore } from 'pinia';
import { ref } from 'vue';

/** What is looked for among the nodes; it stays when the person looks elsewhere and comes back. */
export const useNodeSearch = defineStore('node-search', () => ({ find: ref('') }));
