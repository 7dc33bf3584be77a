export { ApiError, isApiError } from './api-error.ts';
export { type Client, type ClientOptions, createClient } from './client.ts';
export { type CookieJar, createCookieJar } from './cookie-jar.ts';
export * from './route.ts';
export * from './schemas.ts';
export * from './types.ts';
