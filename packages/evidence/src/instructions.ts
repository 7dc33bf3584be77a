/**
 * `VERIFY.md`: how anybody checks the package with OpenSSL and sha256sum alone. `key_id` and `package_id` are
 * plain identifiers, so nothing a person typed stands in the text.
 */
export function verifyInstructions(ids: { readonly package_id: string; readonly key_id: string }): string {
  return `${VIETNAMESE}\n---\n\n${ENGLISH}`
    .replaceAll('{package_id}', ids.package_id)
    .replaceAll('{key_id}', ids.key_id);
}

const COMMANDS = `\`\`\`
openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig
sha256sum -c --strict SHA256SUMS
openssl pkey -pubin -in public-key.pem -outform DER | tail -c 32 | sha256sum | cut -c 1-32
\`\`\``;

const VIETNAMESE = `# Cách kiểm tra gói chứng cứ {package_id}

Không cần phần mềm của hệ thống này, không cần mạng. Cần OpenSSL 3 và sha256sum. Mở cửa sổ lệnh trong thư mục
của gói và chạy:

${COMMANDS}

1. Lệnh thứ nhất phải in \`Signature Verified Successfully\`: danh sách mã băm đúng là do khóa này ký.
2. Lệnh thứ hai phải in \`OK\` (hoặc \`Thành công\`) cho từng tệp: không tệp nào bị đổi dù chỉ một byte.
3. Lệnh thứ ba phải in \`{key_id}\`. So dãy này với dấu vân tay khóa mà đơn vị đã công bố hoặc in trên biên bản.
   Nếu chỉ dùng \`public-key.pem\` nằm trong gói thì mới biết gói còn nguyên vẹn, chưa biết gói do ai lập.
4. Ngoài các tệp trong \`SHA256SUMS\`, thư mục chỉ được có thêm \`SHA256SUMS\` và \`SHA256SUMS.sig\`.

\`manifest.json\` ghi: ai yêu cầu, theo hồ sơ nào, ai duyệt; khoảng thời gian yêu cầu, khoảng tìm được, khoảng
thiếu và lý do; độ lệch đồng hồ; từng tệp với kích thước và mã băm. Thời gian là số mili giây (\`_ms\`) hoặc micro
giây (\`_us\`) tính từ 00:00:00 ngày 01/01/1970 giờ UTC. Giờ thiết bị (\`device\`) là giờ đồng hồ của đầu ghi;
giờ thực = giờ thiết bị − độ lệch, nằm giữa hai giới hạn đã ghi. Tệp \`master\` là bản sao nguyên luồng của đầu
ghi, không mã hóa lại; các khung hình trước và sau khoảng được duyệt có trong tệp vì bộ giải mã cần đến chúng.
`;

const ENGLISH = `# How to check the evidence package {package_id}

No software of this system and no network is needed, only OpenSSL 3 and sha256sum. Open a terminal in the folder
of the package and run:

${COMMANDS}

1. The first command must print \`Signature Verified Successfully\`: this key signed the list of hashes.
2. The second must print \`OK\` for every file: not one byte of any file has changed.
3. The third must print \`{key_id}\`. Compare it with the key fingerprint that the unit has published or printed on
   the certificate. With the \`public-key.pem\` of the package alone you know that the package is whole, but not
   who made it.
4. Besides the files listed in \`SHA256SUMS\` the folder may hold only \`SHA256SUMS\` and \`SHA256SUMS.sig\`.

\`manifest.json\` says who asked, under which case, and who approved; the span asked for, what was found of it, what
is missing and why; the offset of the clock; every file with its size and hash. Times count milliseconds (\`_ms\`) or
microseconds (\`_us\`) since 1970-01-01T00:00:00 UTC. Device times are what the recorder's clock claimed; true time =
device time − offset, between the two bounds given. A master is a copy of the recorder's stream without re-encoding;
frames before and after the approved span are in the file because a decoder needs them.
`;
