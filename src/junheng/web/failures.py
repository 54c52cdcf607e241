"""The pages shown where something went wrong: a sentence, what to do, and the way back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_PAGES = {
    400: ("请求看不懂", "浏览器送来的内容不完整。请返回上一页，刷新后再试一次。"),
    403: ("没有权限", "你的角色不能打开这一页。需要的话，请找本单位的系统管理员。"),
    404: ("找不到这一页", "地址写错了，或者它不在你的辖区里。请从首页重新进入。"),
    413: (
        "内容太大",
        "一次送来的内容超过 60 MB，没有接收。请确认选对了文件，去掉工作簿里的图片，再上传。",
    ),
    500: ("程序出了错", "这一步没有完成，已保存的内容不受影响。请记下时间，告诉系统管理员。"),
}


def _page(request: HttpRequest, status: int) -> HttpResponse:
    title, sentence = _PAGES[status]
    return render(
        request, "desk/failure.html", {"title": title, "sentence": sentence}, status=status
    )


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    too_large = type(exception).__name__ in (
        "RequestDataTooBig",
        "TooManyFieldsSent",
        "TooManyFilesSent",
    )
    return _page(request, 413 if too_large else 400)


def unprintable(request: HttpRequest) -> HttpResponse:
    """There was a NUL in what was sent."""
    context = {
        "title": "内容里有看不见的字符",
        "sentence": "送来的文字里有一个空字符（NUL），多半是从别处粘贴时带来的，没有接收。请返回，删掉那一处重新输入，再提交。",
    }
    return render(request, "desk/failure.html", context, status=400)


def too_large(request: HttpRequest) -> HttpResponse:
    return _page(request, 413)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001
    return _page(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    return _page(request, 500)


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """The form was open too long, or comes from another page."""
    context = {
        "title": "这一页已经过期",
        "sentence": "填写的内容没有送出。请按“返回”回到刚才的页面，刷新后再提交；在另一个窗口登录、退出也会使旧页面过期。",
    }
    return render(request, "desk/failure.html", context, status=403)
