import { ElMessage } from 'element-plus';
import { messageOf } from '../api/request-error.js';

/** Does what was asked for; where it fails, says so where the person looks, whatever screen that is. */
export async function attempt(action: () => unknown): Promise<void> {
  try {
    await action();
  } catch (error) {
    // Questions of Element Plus reject with these words where they are given up.
    if (error !== 'cancel' && error !== 'close') ElMessage.error({ message: messageOf(error), duration: 8000, showClose: true });
  }
}
