// What a visitor's device and place look like in values.

const AGENT =
  /^(?:Mozilla\/\d|Opera\/\d|Dalvik\/\d|AppleWebKit\/|(?:curl|Wget|okhttp|PostmanRuntime|python-requests|Go-http-client|WooCommerce|WordPress|Java|axios|node-fetch|Ruby|PHP|CFNetwork|Apache-HttpClient)\/\d)/i;

/** Products with versions, as RFC 9110 section 10.1.5 writes them. A browser's bare name tells nobody apart. */
export function isUserAgent(value: string): boolean {
  return value.length >= 8 && value.length <= 2000 && AGENT.test(value);
}

/** Of a browser, not of a program that fetches. */
export function isBrowser(value: string): boolean {
  return value.length >= 30 && /^(?:Mozilla|Opera|Dalvik)\/\d/.test(value) && value.includes('(');
}

export function isLatitudeOrLongitude(value: string): boolean {
  return (
    /^[+-]?\d{1,3}(?:\.\d+)?$/.test(value) && Math.abs(Number(value)) <= 180 && Number(value) !== 0
  );
}

export function isLatLong(value: string): boolean {
  const [latitude = '', longitude = '', more] = value.split(/\s*[,;]\s*/);
  return (
    more === undefined &&
    /\.\d/.test(latitude) &&
    isLatitudeOrLongitude(latitude) &&
    isLatitudeOrLongitude(longitude) &&
    Math.abs(Number(latitude)) <= 90
  );
}

export function isTimeZone(value: string): boolean {
  return /^(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)\/[A-Za-z_/+-]+$/.test(
    value,
  );
}

export function isUuid(value: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}
