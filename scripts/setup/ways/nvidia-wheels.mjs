/** NVIDIA's libraries for CUDA 12 as wheels: the versions that TensorFlow 2.15.1 names in its own requirements (`tensorflow[and-cuda]`). */
import { forPython311 } from './wheel.mjs';

/** @type {readonly import('../python-wheel.mjs').Wheel[]} */
export const nvidiaWheels = [
  pin('cublas', '12.2.5.6', 417_825_305, 'f448d8db463f9a2c7dd9a1e607c0961d3e95f825b86839c5882f7d073d406df0'),
  pin('cuda-cupti', '12.2.142', 13_900_552, 'ce68d1009dd14215e38ed49643d31374c71d6fea381181cb0b9da7f19dfd1624'),
  pin('cuda-nvcc', '12.2.140', 21_319_729, 'c6ff4ae7a636eb6cab7621191e19ac3779690686bbcf52c04d8b1ca2944e1e27'),
  pin('cuda-nvrtc', '12.2.140', 23_430_053, 'b1cdcae6443cb7cdcfb5d1bf51896a148c9f82f9e65b27db9ab095eaed689aa7'),
  pin('cuda-runtime', '12.2.140', 845_802, 'acb9cb7e44594a3512533497ea790d9f0b0e399abcc888584c157d1ffa080e41'),
  pin('cudnn', '8.9.4.25', 720_096_787, '9f882d5b11753c566fd32427839089eb4f8ba7a58c28446ad359e32c40229723'),
  pin('cufft', '11.0.8.103', 98_570_970, '72e961e578f9be9e316ccb4db8652c421dd0b57442624faa71061d452f449a67'),
  pin('curand', '10.3.3.141', 56_463_566, '7b6bad6817b5df2a6f5ec221206fb895d9195fdd7d2443f3e86554108c141a0a'),
  pin('cusolver', '11.5.2.141', 124_890_758, '5a85c4653ce34339a5688137f494a0f903e0f0532418550998167f00844161da'),
  pin('cusparse', '12.1.2.141', 195_268_625, '4e13d6a51d2303dcb2a023ba09546811161f0334fc64e13689397bbd3b1eb126'),
  pin('nccl', '2.16.5', 188_657_797, '84695a4248138fb2ca12f5fd3defe986e790e71ccdaad51b2ca34ca4e83ef421'),
  pin('nvjitlink', '12.2.140', 20_177_273, '95635cafbf9f96c38bea5200ab145a2e6aefbb5405e0b04c1e4ba54df2d84ec9'),
];

/**
 * @param {string} part
 * @param {string} version
 * @param {number} bytes
 * @param {string} sha256
 * @returns {import('../python-wheel.mjs').Wheel}
 */
function pin(part, version, bytes, sha256) {
  const file = `nvidia_${part.replaceAll('-', '_')}_cu12-${version}-py3-none-manylinux1_x86_64.whl`;
  return { name: `nvidia-${part}-cu12`, version, file, sha256, bytes, selection: forPython311 };
}
