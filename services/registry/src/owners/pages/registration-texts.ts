/** The words of the public form. */
export const REGISTRATION_TEXTS = {
  title: { vi: 'Đăng ký camera của gia đình, tổ chức', en: 'Register your camera' },
  intro: {
    vi: 'Biểu mẫu này để chủ camera tự nguyện đăng ký với công an phường. Cán bộ kỹ thuật sẽ liên hệ để xác nhận; trước khi xác nhận, camera chưa được đưa vào danh sách.',
    en: 'With this form the owner of a camera registers it with the ward police, voluntarily. A technician will contact you to confirm; until then the camera is on no list.',
  },
  use: {
    vi: 'Thông tin chỉ dùng để liên hệ và thực hiện thoả thuận về camera. Ông/bà có thể rút thoả thuận bất cứ lúc nào. Không ai xem trực tiếp camera của ông/bà.',
    en: 'What you write is used to contact you and to keep the agreement on your camera, for nothing else. You can withdraw at any time. Nobody watches your camera live.',
  },
  mended: { vi: 'Chưa gửi được. Xin sửa các mục sau:', en: 'Not sent yet. Please mend these:' },
  you: { vi: 'Chủ camera', en: 'You' },
  unit_id: { vi: 'Phường, xã', en: 'Ward or commune' },
  choose: { vi: '— Chọn —', en: '— Choose —' },
  name: { vi: 'Họ và tên, hoặc tên tổ chức', en: 'Full name, or name of the organisation' },
  phone: { vi: 'Số điện thoại', en: 'Telephone' },
  email: { vi: 'Thư điện tử (không bắt buộc)', en: 'E-mail (optional)' },
  email_hint: { vi: 'Để nhận liên kết xác nhận hằng năm.', en: 'For the yearly confirmation link.' },
  address: { vi: 'Địa chỉ đặt camera (không bắt buộc)', en: 'Where the camera is (optional)' },
  camera: { vi: 'Camera', en: 'The camera' },
  position: { vi: 'Toạ độ (không bắt buộc)', en: 'Coordinates (optional)' },
  position_hint: {
    vi: 'Vĩ độ, kinh độ, ví dụ 19.8067, 105.7768. Nếu để trống, cán bộ kỹ thuật sẽ đặt lên bản đồ.',
    en: 'Latitude, longitude, for example 19.8067, 105.7768. Left empty, the technician places it.',
  },
  looks_at: { vi: 'Camera nhìn thấy gì', en: 'What it looks at' },
  looks_at_hint: {
    vi: 'Ví dụ: cổng nhà và đoạn ngõ 5.',
    en: 'For example: our gate and a stretch of lane 5.',
  },
  maker: { vi: 'Hãng, loại camera (nếu biết)', en: 'Maker and model, if known' },
  terms: { vi: 'Ông/bà đồng ý những gì', en: 'What you agree to' },
  mode: { vi: 'Khi công an cần trích xuất hình ảnh', en: 'When the police need footage' },
  ask_first: { vi: 'Hỏi tôi trước mỗi lần', en: 'Ask me first, each time' },
  automatic: {
    vi: 'Được trích xuất trong phạm vi đã đồng ý',
    en: 'They may take it, within what I agree to',
  },
  purposes: { vi: 'Cho những việc sau (chọn ít nhất một)', en: 'For these purposes (at least one)' },
  audio: { vi: 'Âm thanh', en: 'Sound' },
  allows_audio: {
    vi: 'Được lấy cả âm thanh khi yêu cầu nêu rõ cần âm thanh. Không chọn: chỉ lấy hình.',
    en: 'Sound may be taken too, where a request says that it is needed. Not ticked: pictures only.',
  },
  hours: {
    vi: 'Chỉ trong những giờ này (để trống: mọi giờ)',
    en: 'Only in these hours (empty: at any hour)',
  },
  from: { vi: 'Từ', en: 'From' },
  to: { vi: 'Đến', en: 'To' },
  sure: {
    vi: 'Tôi là chủ camera, hoặc được chủ camera đồng ý cho đăng ký.',
    en: 'I own the camera, or its owner agrees that I register it.',
  },
  website: { vi: 'Để trống mục này', en: 'Leave this empty' },
  send: { vi: 'Gửi đăng ký', en: 'Send' },
  thanks_title: { vi: 'Đã nhận đăng ký', en: 'Received' },
  thanks: {
    vi: 'Cảm ơn ông/bà. Cán bộ kỹ thuật của phường sẽ liên hệ theo số điện thoại đã ghi để xác nhận.',
    en: 'Thank you. A technician of the ward will contact you by the telephone number you gave, to confirm.',
  },
} as const;

/** What is wrong with a field, said so that it can be mended. */
export const WRONG_TEXTS = {
  unit_id: { vi: 'Chọn phường, xã nơi đặt camera.', en: 'Choose the ward or commune of the camera.' },
  name: {
    vi: 'Ghi họ tên hoặc tên tổ chức (tối đa 200 ký tự).',
    en: 'Write a name (at most 200 characters).',
  },
  phone: {
    vi: 'Ghi số điện thoại bằng chữ số, ví dụ 0912 345 678.',
    en: 'Write the telephone number in digits, for example 0912 345 678.',
  },
  email: {
    vi: 'Địa chỉ thư chưa đúng, ví dụ ten@example.vn; hoặc để trống.',
    en: 'That is no mail address, for example name@example.vn; or leave it empty.',
  },
  address: { vi: 'Địa chỉ dài quá 300 ký tự.', en: 'The address is longer than 300 characters.' },
  position: {
    vi: 'Ghi vĩ độ, kinh độ như 19.8067, 105.7768; hoặc để trống.',
    en: 'Write latitude, longitude like 19.8067, 105.7768; or leave it empty.',
  },
  looks_at: {
    vi: 'Ghi camera nhìn thấy gì (tối đa 300 ký tự).',
    en: 'Write what the camera looks at (at most 300 characters).',
  },
  maker: { vi: 'Tên hãng dài quá 100 ký tự.', en: 'The maker is longer than 100 characters.' },
  mode: { vi: 'Chọn hỏi trước hoặc không.', en: 'Choose whether to be asked first.' },
  purposes: { vi: 'Chọn ít nhất một việc.', en: 'Choose at least one purpose.' },
  hours: {
    vi: 'Ghi cả hai giờ như 22:00 và 06:00; hoặc để trống cả hai.',
    en: 'Write both hours like 22:00 and 06:00; or leave both empty.',
  },
  sure: {
    vi: 'Xác nhận ông/bà là chủ camera hoặc được chủ camera đồng ý.',
    en: 'Say that you own the camera, or that its owner agrees.',
  },
} as const;
export type FormField = keyof typeof WRONG_TEXTS;
