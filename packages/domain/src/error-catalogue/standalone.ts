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
});
