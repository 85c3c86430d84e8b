/** File of a comparison: the test pictures most often taken for something else. Nothing native is loaded for its name. */
export const HARDEST_PICTURE = 'hardest.png';
