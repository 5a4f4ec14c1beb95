"""The words of the generated plans: those of the genre, made into names and phrases by dice."""

from __future__ import annotations

import random

TOPICS = (
    "chuyển đổi số", "cải cách hành chính", "an toàn thực phẩm", "giảm nghèo bền vững", "phòng cháy chữa cháy",
    "nước sạch", "bảo vệ môi trường", "phát triển du lịch", "bình đẳng giới", "phòng chống thiên tai",
)  # fmt: skip
SECTORS = (
    "ngành y tế", "trong sản xuất chè", "khu vực cửa khẩu", "tại các bến cảng", "trong vận tải thủy", "ở vùng đệm rừng đặc dụng",
    "trong khai thác khoáng sản", "tại các lễ hội", "trong nuôi ong", "ở làng nghề đúc đồng", "trong sản xuất muối",
    "tại nhà máy thủy điện", "trong trồng dâu nuôi tằm", "ở khu đô thị mới", "trong chế biến gỗ", "tại các bảo tàng",
    "trong nghề cá", "ở chợ đầu mối", "trong ngành dệt may", "tại các trạm dừng nghỉ",
)  # fmt: skip
SUBJECTS = (
    "hộ gia đình", "thôn, bản", "cơ sở sản xuất", "trạm y tế", "chợ truyền thống", "tổ chức hội", "phương tiện vận tải", "hồ sơ tồn lưu",
    "công trình công cộng", "khu dân cư", "kho bãi", "điểm giao dịch", "tuyến đường liên xã", "trạm quan trắc", "vùng nguyên liệu",
    "đầu mối liên lạc", "nhà văn hóa", "thủ tục hành chính", "ứng dụng công nghệ thông tin", "cộng tác viên", "câu lạc bộ", "hố thu gom",
    "camera giám sát", "bể chứa",
)  # fmt: skip
STATES = (
    "được cấp mã định danh", "được kiểm tra định kỳ", "được tập huấn nghiệp vụ", "áp dụng quy trình chuẩn", "ký cam kết chấp hành",
    "kết nối dữ liệu dùng chung", "được đánh giá xếp loại", "có phương án ứng phó", "được hỗ trợ kinh phí ban đầu", "công khai kết quả",
    "được thẩm định lại", "sử dụng thiết bị đạt chuẩn", "được gắn biển báo", "tham gia diễn tập", "lập sổ theo dõi riêng",
    "hoàn thành số hóa", "được sửa chữa lớn", "có người phụ trách",
)  # fmt: skip
POPULATIONS = (
    ("ở thành thị", "ở nông thôn"), ("cấp huyện", "cấp xã"), ("do nữ phụ trách", "do nam phụ trách"), ("của hộ nghèo", "của hộ cận nghèo"),
)  # fmt: skip
VERBS = (
    "Xây dựng", "Rà soát, bổ sung", "Tổ chức tập huấn", "Khảo sát, đánh giá", "Lắp đặt", "Biên soạn", "Kiểm tra", "Nâng cấp",
    "Thẩm định", "Công bố", "Thí điểm", "Bàn giao", "Đo đạc", "In ấn", "Vận hành thử", "Thanh lý",
)  # fmt: skip
OBJECTS = (
    "sổ tay nghiệp vụ cho cộng tác viên", "bộ tiêu chí xếp hạng cơ sở", "phần mềm theo dõi tiến độ", "hệ thống cảnh báo sớm",
    "danh mục công trình ưu tiên", "mạng lưới tuyên truyền viên", "cơ sở dữ liệu chuyên ngành", "quy chế phối hợp liên ngành",
    "điểm tư vấn lưu động", "mô hình tổ tự quản", "tài liệu truyền thông song ngữ", "trang thiết bị đo kiểm", "phương án phân bổ nguồn lực",
    "bản đồ khu vực nguy cơ", "đường dây tiếp nhận phản ánh", "kịch bản diễn tập", "kho vật tư dự phòng", "bảng tin điện tử",
    "lớp học buổi tối", "vườn ươm giống gốc", "trạm bơm cột nước thấp", "biển chỉ dẫn", "phòng trưng bày", "tuyến xe gom",
)  # fmt: skip
DEPARTMENTS = (
    "Sở Nội vụ", "Sở Y tế", "Sở Tài chính", "Sở Xây dựng", "Sở Công Thương", "Sở Tư pháp", "Sở Giáo dục và Đào tạo",
    "Sở Khoa học và Công nghệ", "Sở Văn hóa, Thể thao và Du lịch", "Sở Nông nghiệp và Môi trường", "Sở Dân tộc và Tôn giáo",
    "Thanh tra", "Công an", "Sở Ngoại vụ", "Báo",
)  # fmt: skip
SYLLABLES = (
    "An", "Bình", "Cẩm", "Đại", "Hòa", "Khánh", "Lạc", "Minh", "Phú", "Quang", "Sơn", "Tân", "Thanh", "Vĩnh", "Xuân", "Yên",
)  # fmt: skip
DISTRICTS = ("Bắc Hồng", "Nam Lĩnh", "Tây Giang", "Đông Thủy", "Trung Nguyên")
ONSETS = (
    "B",
    "C",
    "Ch",
    "D",
    "Đ",
    "G",
    "Gi",
    "H",
    "Kh",
    "L",
    "M",
    "N",
    "Ng",
    "Nh",
    "Ph",
    "Qu",
    "R",
    "S",
    "T",
    "Th",
    "Tr",
    "V",
    "X",
)
# about 2,500 syllables; the language uses some 6,000
RHYMES = tuple(
    vowel + rest
    for vowel in "aáàảãạ" "oóòỏõọ" "uúùủũụ" "eéèẻẽẹ"
    for rest in ("", "n", "ng", "m", "i") if (vowel, rest) != ("e", "i")
)[:108]  # fmt: skip
_SHORT = (("thủ tục hành chính", "TTHC"), ("công nghệ thông tin", "CNTT"), ("cơ sở sản xuất", "các cơ sở sản xuất"))


def invented_name(dice: random.Random) -> str:
    """What only one plan speaks of: "dự án Khao Bương Trai tại xóm Nậm Ploi"; real plans name theirs so."""
    project = dice.choice(("dự án", "tiểu dự án", "mô hình", "chương trình", "hợp phần"))
    place = dice.choice(("xóm", "thôn", "cụm", "tuyến", "bản", "khu"))
    return f"{project} {_syllables(dice, 3)} tại {place} {_syllables(dice, 2)}"


def _syllables(dice: random.Random, count: int) -> str:
    return " ".join(dice.choice(ONSETS) + dice.choice(RHYMES) for _ in range(count))


def spellings(words: str, dice: random.Random, rate: float) -> str:
    """The words, at that rate written another way: an abbreviation, "Tỷ lệ" before them, the territory after."""
    if dice.random() >= rate:
        return words
    for long, short in _SHORT:
        if long in words and dice.random() < 0.7:
            return words.replace(long, short)
    return f"Tỷ lệ {words}" if dice.random() < 0.5 else f"{words} trên địa bàn toàn tỉnh"
