import type { FastifyReply, FastifyRequest } from 'fastify';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** The cookie of an owner's session, apart from that of people with accounts. */
export interface OwnerCookie {
  read(request: FastifyRequest): string | null;
  set(reply: FastifyReply, token: string, seconds: number): void;
  clear(reply: FastifyReply): void;
}

/** With https the browser holds the cookie to this host and to https by its name. */
export function ownerCookie(public_origin: string | null): OwnerCookie {
  const is_secure = public_origin?.startsWith('https:') ?? false;
  const name = is_secure ? '__Host-minhchung_owner' : 'minhchung_owner';
  const attributes = `Path=/; HttpOnly; SameSite=Strict${is_secure ? '; Secure' : ''}`;
  return {
    read(request) {
      for (const part of (request.headers.cookie ?? '').split(';')) {
        const [key, value = ''] = part.trim().split('=', 2);
        if (key === name) return TOKEN.test(value) ? value : null;
      }
      return null;
    },
    set: (reply, token, seconds) => {
      reply.header('set-cookie', `${name}=${token}; Max-Age=${seconds}; ${attributes}`);
    },
    clear: (reply) => {
      reply.header('set-cookie', `${name}=; Max-Age=0; ${attributes}`);
    },
  };
}
