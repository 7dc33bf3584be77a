import { catalogue } from './entry.ts';

/** Errors of delaying what owners are told. */
export const NOTICE_ERRORS = catalogue({
  NOTICE_DELAY_PAST: {
    status: 422,
    text: {
      vi: 'Ngày kết thúc hoãn thông báo đã qua. Chọn một thời điểm sau lúc này.',
      en: 'The delay of the notice ends in the past. Choose a time after now.',
    },
  },
  NOTICE_DELAY_TOO_LONG: {
    status: 422,
    text: {
      vi: 'Chỉ được hoãn thông báo cho chủ camera tối đa {max_days} ngày mỗi lần. Chọn ngày gần hơn; khi sắp hết hạn có thể gia hạn.',
      en: 'Telling the owner may be delayed by {max_days} days at a time. Choose an earlier day; it can be prolonged before it ends.',
    },
  },
  NOTICE_DELAY_OVER: {
    status: 409,
    text: {
      vi: 'Yêu cầu này không đang được hoãn thông báo, chủ camera có thể đã biết. Không thể gia hạn nữa.',
      en: 'Telling the owner of this request is not being delayed; the owner may know already. It cannot be prolonged any more.',
    },
  },
  NOTICE_DELAY_NOT_LONGER: {
    status: 422,
    text: {
      vi: 'Gia hạn phải kết thúc sau thời hạn hoãn đang có. Chọn ngày muộn hơn.',
      en: 'The prolongation has to end later than the delay that runs. Choose a later day.',
    },
  },
  NOTICE_DELAY_REFUSED: {
    status: 422,
    text: {
      vi: 'Chỉ hoãn thông báo khi phê duyệt. Bỏ phần hoãn thông báo, hoặc phê duyệt yêu cầu.',
      en: 'Telling the owner is delayed with an approval only. Leave the delay out, or approve the request.',
    },
  },
  NOTICE_DELAY_ASKS_OWNER: {
    status: 422,
    text: {
      vi: 'Chủ camera {cameras} phải được hỏi trước, nên không thể hoãn thông báo. Phê duyệt không hoãn, hoặc từ chối để lập yêu cầu mới theo lệnh của cơ quan có thẩm quyền.',
      en: 'The owner of {cameras} has to be asked first, so telling them cannot be delayed. Approve without a delay, or refuse, so that a new request is filed under a lawful order.',
    },
  },
});
