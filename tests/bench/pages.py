"""A shop of made-up Chinese product pages, for nginx to serve: distinct, about 45 KB each, the same for the same seed."""

import json
import random
from pathlib import Path

NOUNS = ["保温杯", "羽绒服", "机械键盘", "台灯", "蓝牙耳机", "帆布鞋", "电饭煲", "双肩包", "雨伞", "咖啡豆", "瑜伽垫", "充电器"]
KINDS = ["大容量", "轻便", "复古", "家用", "便携式", "加厚", "防水", "可折叠", "静音", "儿童", "办公室", "户外"]
SAYINGS = ["质量很好，下次还会再来", "物流很快，包装完整", "和图片一样，没有色差", "用了一个月才来评价，很满意", "客服耐心，退换方便",
           "颜色比想象的深一点", "送给父母的，他们很喜欢", "性价比高，推荐购买"]
PAGE_BYTES = 45_000


def _name(rng):
    return f"{rng.choice(KINDS)}{rng.choice(KINDS)}{rng.choice(NOUNS)}"


def _style(rng):
    return "".join(f".item-{rng.randrange(10**6)}{{margin:{rng.randrange(40)}px;color:#{rng.randrange(16**6):06x}}}"
                   for _ in range(120))


def _data(rng, number):
    skus = [{"id": rng.randrange(10**12), "name": _name(rng), "price": f"{rng.randrange(100, 99900) / 100:.2f}",
             "stock": rng.randrange(500)} for _ in range(60)]
    return "var itemData = " + json.dumps({"itemId": number, "skus": skus}, ensure_ascii=False) + ";"


def _review(rng):
    return (f'<li class="review" data-id="{rng.randrange(10**9)}"><span class="who">买家{rng.randrange(10**4)}***</span>'
            f'<p class="text">{rng.choice(SAYINGS)}，{rng.choice(SAYINGS)}。</p>'
            f'<img src="/img/{rng.randrange(10**8)}.jpg" alt="{_name(rng)}" width="80" height="80"></li>\n')


def page(number, seed=1):
    rng = random.Random(seed * 1_000_003 + number)
    name = _name(rng)
    head = (f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{name} {number} - 长街商城</title>\n'
            f'<meta name="description" content="{name}，正品保证"><style>{_style(rng)}</style>\n'
            f'<script>{_data(rng, number)}</script></head>\n<body><h1>{name} {number}</h1>\n'
            f'<div class="price">¥{rng.randrange(100, 99900) / 100:.2f}</div>\n'
            '<div class="actions"><a href="/cart">加入购物车</a> <a href="/buy">立即购买</a></div>\n<ul class="reviews">\n')
    parts, size = [head], len(head.encode())
    while size < PAGE_BYTES - 20:
        parts.append(_review(rng))
        size += len(parts[-1].encode())
    return "".join(parts) + "</ul></body></html>\n"


def write(folder: Path, count, seed=1):
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"{number}.html").write_text(page(number, seed), encoding="utf-8")
