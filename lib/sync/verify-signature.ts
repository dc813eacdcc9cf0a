import type { VerifySignature } from '../protocol/receipt.ts';

/** Ed25519 by the platform. False also for bytes that are no key. */
export const verifySignature: VerifySignature = async (publicKey, message, signature) => {
  try {
    const key = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', key, signature, message);
  } catch (error) {
    if (error instanceof DOMException) return false;
    throw error;
  }
};
