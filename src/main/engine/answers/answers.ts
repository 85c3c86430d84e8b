import type { CheckedBody, Reply, RequestName } from '../../../shared/contract/requests.js';

/** What answers a request: the body has been checked, the reply fits the contract. */
export type Answers<N extends RequestName = RequestName> = { [K in N]: (body: CheckedBody<K>) => Reply<K> | Promise<Reply<K>> };
