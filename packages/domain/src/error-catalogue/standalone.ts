import { catalogue } from './entry.ts';

/** Errors of packages that people make alone and bring in later. */
export const STANDALONE_ERRORS = catalogue({
  PACKAGE_UNTRUE: {
    status: 422,
    text: {
      vi: 'Gói {package} không đúng như nó tự khai: {problem_vi}. Gói bị từ chối, không có gì được đưa vào. Chạy "minhchung verify" để xem mọi điểm sai, và dùng đúng bản gói đã được lập.',
      en: 'The package {package} is not what it says: {problem_en}. It was refused and nothing was taken in. Run "minhchung verify" to see everything that is wrong, and bring the package as it was made.',
    },
  },
  PACKAGE_HAS_AUTHORITY: {
    status: 409,
    text: {
      vi: 'Gói {package} do một hệ thống lập và đã được tính ở đó (yêu cầu {number}). Chỉ đưa vào gói lập ngoài hệ thống, nếu không một lượt trích xuất sẽ bị tính hai lần.',
      en: 'The package {package} was made by a system and is counted there (request {number}). Only packages made alone are taken in, or one extraction would be counted twice.',
    },
  },
  PACKAGE_HAS_MORE: {
    status: 422,
    text: {
      vi: 'Gói {package} có {what}, là thứ không ai yêu cầu và gói lập ngoài hệ thống không được có. Gói bị từ chối, không có gì được đưa vào. Hãy lập lại gói từ thư mục ghi hình.',
      en: 'The package {package} has {what}, which nobody asked for and a package made alone may not have. It was refused and nothing was taken in. Make the package again from the recording folder.',
    },
  },
  PACKAGE_CHANGED: {
    status: 409,
    text: {
      vi: 'Gói đã đưa vào cho lượt trích xuất {item} không còn trong kho lưu, hoặc không còn là gói đã được duyệt. Không giao gì cả. Hãy kiểm tra kho lưu và đưa lại gói gốc bằng một yêu cầu mới.',
      en: 'The package brought in for the item {item} is no longer in the archive, or no longer the one that was approved. Nothing is delivered. Check the archive, and bring the original in again with a new request.',
    },
  },
  APPROVED_PART_OF_PACKAGE: {
    status: 422,
    text: {
      vi: 'Hình của yêu cầu này đã nằm trong một gói lập ngoài hệ thống và gói không cắt bớt được: chỉ có thể duyệt hoặc từ chối toàn bộ. Cần ít hơn thì từ chối và yêu cầu lập gói ngắn hơn.',
      en: 'The footage of this request is in a package that was made alone and cannot be shortened: approve it whole or refuse it. Where less is needed, refuse it and have a shorter package made.',
    },
  },
});
