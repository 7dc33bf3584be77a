/** The parts of npm `node-onvif` that the tests call; it brings no types. */
declare module 'node-onvif' {
  export class OnvifDevice {
    constructor(options: { xaddr: string; user: string; pass: string });
    init(): Promise<Record<string, string>>;
    getProfileList(): { token: string; name: string; snapshot: string; stream: { rtsp: string } }[];
    fetchSnapshot(): Promise<{ headers: Record<string, string>; body: Buffer }>;
    readonly services: { device: { time_diff: number } };
  }
}

declare module 'node-onvif/lib/modules/soap.js' {
  const soap: {
    createRequestSoap(request: {
      body: string;
      xmlns: string[];
      diff: number;
      user: string;
      pass: string;
    }): string;
    // biome-ignore lint/suspicious/noExplicitAny: whatever its XML parser makes of the answer
    requestCommand(address: URL | object, method: string, soap: string): Promise<{ data: any }>;
  };
  export default soap;
}
